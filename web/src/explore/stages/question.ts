import { IconStairsUp } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'stages', engine: null, group: 'far', icon: IconStairsUp, load: () => import('./Screen') })
