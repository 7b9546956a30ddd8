import { IconTimeline } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'pattern', group: 'happens', icon: IconTimeline, load: () => import('./Screen') })
