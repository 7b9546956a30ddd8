/** The typed lanes of a map: which there are, in the order they are offered, and their icons. */
import {
  IconArticle, IconBrain, IconBulb, IconChartBar, IconClick, IconEye, IconFlag, IconHeart, IconHeartbeat, IconHelpCircle,
  IconMasksTheater, IconMoodSad, IconNotes, IconPackage, IconQuote, IconRun, IconServer, IconTarget, IconThumbUp, IconUser,
  type Icon,
} from '@tabler/icons-react'
import type { MapKind } from '@/editor/model'

export const LANE_ICONS: Record<string, Icon> = {
  problem: IconHelpCircle,
  goals: IconTarget,
  expectations: IconFlag,
  actions: IconRun,
  touchpoints: IconClick,
  thoughts: IconBrain,
  feelings: IconHeart,
  emotion: IconHeartbeat,
  quotes: IconQuote,
  pains: IconMoodSad,
  gains: IconThumbUp,
  opportunities: IconBulb,
  content: IconArticle,
  metrics: IconChartBar,
  owner: IconUser,
  text: IconNotes,
  evidence_physical: IconPackage,
  frontstage: IconEye,
  backstage: IconMasksTheater,
  support: IconServer,
}

export const LANE_KINDS = Object.keys(LANE_ICONS)

/** What each kind of map is usually drawn with: offered first. */
export const PROPOSED_LANES: Record<MapKind, readonly string[]> = {
  current_state: ['problem', 'goals', 'actions', 'touchpoints', 'thoughts', 'feelings', 'emotion', 'pains', 'opportunities', 'owner'],
  day_in_the_life: ['actions', 'thoughts', 'feelings', 'emotion', 'touchpoints', 'problem', 'content', 'opportunities'],
  future_state: ['goals', 'expectations', 'actions', 'touchpoints', 'emotion', 'gains', 'content', 'metrics', 'owner'],
  service_blueprint: ['evidence_physical', 'actions', 'frontstage', 'backstage', 'support', 'metrics', 'owner'],
}

export const laneIcon = (kind: string): Icon => LANE_ICONS[kind] ?? IconNotes
