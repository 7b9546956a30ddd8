import { IconArrowsLeftRight } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'compare', group: 'why', icon: IconArrowsLeftRight, comparable: false, load: () => import('./Screen') })
