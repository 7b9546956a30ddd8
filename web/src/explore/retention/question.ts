import { IconRepeat } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'retention', group: 'time', icon: IconRepeat, load: () => import('./Screen') })
