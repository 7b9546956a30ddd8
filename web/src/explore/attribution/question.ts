import { IconChartPie } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'attribution', group: 'why', icon: IconChartPie, load: () => import('./Screen') })
