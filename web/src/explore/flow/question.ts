import { IconChartSankey } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({ key: 'flow', group: 'happens', icon: IconChartSankey, load: () => import('./Screen') })
