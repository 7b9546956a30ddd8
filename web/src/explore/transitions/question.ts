import { IconArrowsSplit2 } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'transitions', group: 'happens', icon: IconArrowsSplit2, wide: true, load: () => import('./Screen') })
