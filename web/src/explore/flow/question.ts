import { IconArrowsSplit2 } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'flow', group: 'happens', icon: IconArrowsSplit2, load: () => import('./Screen') })
