import { IconListDetails } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'overview', group: 'happens', icon: IconListDetails, load: () => import('./Screen') })
