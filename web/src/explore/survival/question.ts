import { IconHourglass } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'survival', group: 'time', icon: IconHourglass, load: () => import('./Screen') })
