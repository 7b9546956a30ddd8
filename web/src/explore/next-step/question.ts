import { IconRoute } from '@tabler/icons-react'
import { question } from '../question/entry'

export default question({
  key: 'next-step',
  engine: 'next_step_evaluation',
  group: 'next',
  icon: IconRoute,
 
  load: () => import('./Screen'),
})
