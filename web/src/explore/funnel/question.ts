import { IconFilterDown } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'funnel', group: 'far', icon: IconFilterDown, load: () => import('./Screen') })
