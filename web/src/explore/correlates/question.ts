import { IconTargetArrow } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'correlates', group: 'why', icon: IconTargetArrow, load: () => import('./Screen') })
