import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'what-if', group: 'next', icon: IconAdjustmentsHorizontal, load: () => import('./Screen') })
