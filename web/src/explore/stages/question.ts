import { IconStairsUp } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'stages', group: 'far', icon: IconStairsUp, load: () => import('./Screen') })
