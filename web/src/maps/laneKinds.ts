/** The typed lanes of a map: which there are, in the order they are offered, and their icons. */
import {
  IconArticle, IconBrain, IconBulb, IconChartBar, IconClick, IconEye, IconFlag, IconHeart, IconHeartbeat, IconHelpCircle,
  IconMasksTheater, IconMoodSad, IconNotes, IconPackage, IconQuote, IconRun, IconServer, IconTarget, IconThumbUp, IconUser,
  type Icon,
} from '@tabler/icons-react'

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

export const laneIcon = (kind: string): Icon => LANE_ICONS[kind] ?? IconNotes
