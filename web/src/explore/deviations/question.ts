import { IconRouteAltLeft } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({
  key: 'deviations', group: 'far', icon: IconRouteAltLeft, load: () => import('./Screen'),
})
