import { IconStack2 } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'variants', group: 'happens', icon: IconStack2, load: () => import('./Screen') })
