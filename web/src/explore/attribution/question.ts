import { IconChartPie } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'attribution', group: 'why', icon: IconChartPie, comparable: false, load: () => import('./Screen') })
