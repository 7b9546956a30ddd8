/** Examples for a map's cells, out of the filled map of a trade: which trade, and which of its stages is like this one. */
import { searchKey } from '@/i18n/searchKey'
import type { Snapshot } from '../document'
import type { MapDocument, Stage } from '../model'

/** The trades with a filled template. */
export const TRADES = ['online_shop', 'software_service', 'bank', 'clinic', 'cafe', 'travel', 'school', 'insurance'] as const
export type Trade = (typeof TRADES)[number]

/** Words that tell a trade, the more particular ones first; Persian without half-spaces, as `searchKey` leaves it. */
const WORDS: readonly (readonly [Trade, RegExp])[] = [
  ['insurance', /insur|\bclaims?\b|بیمه|خسارت/],
  ['clinic', /clinic|hospital|patient|doctor|dentist|health|کلینیک|بیمار|درمان|پزشک|مطب|سلامت/],
  ['school', /school|student|pupil|course|universit|academ|teach|مدرسه|آموزش|دانشجو|دانشاموز|دوره|کلاس/],
  ['bank', /\bbank|\bloan|credit card|\baccount opening|بانک|وام|تسهیلات|صندوق/],
  ['travel', /travel|tour|hotel|flight|\btrip|مسافر|گردشگر|هتل|پرواز|تور /],
  ['cafe', /caf[eé]|restaurant|coffee|\bmenu\b|کافه|رستوران|قهوه|منو/],
  ['software_service', /software|saas|\bapp\b|subscription|trial|platform|نرمافزار|اپلیکیشن|اشتراک|سامانه/],
  ['online_shop', /shop|store|order|deliver|فروشگاه|سفارش|کالا/],
]

/** The trade that a map's own words tell of; an online shop, which everyone knows, when they tell nothing. */
export function tradeOf({ meta, stages }: Snapshot): Trade {
  const said = searchKey([meta.title, meta.scope, meta.objective, meta.description, ...stages.map((stage) => stage.name)].filter(Boolean).join(' '))
  return WORDS.find(([, words]) => words.test(said))?.[0] ?? 'online_shop'
}

/**
 * Texts of a trade's cards of one kind for the stage at `at`: from the stage of the same name, else from the one that is as
 * far along the way.
 */
export function examplesFor(trade: MapDocument, stages: readonly Stage[], at: number, kind: string): string[] {
  const wanted = searchKey(stages[at]?.name ?? '')
  const along = Math.min(trade.stages.length - 1, Math.floor(((at + 0.5) / Math.max(1, stages.length)) * trade.stages.length))
  const like = trade.stages.find((stage) => searchKey(stage.name) === wanted) ?? trade.stages[along]
  const lanes = new Set(trade.lanes.filter((lane) => lane.kind === kind).map((lane) => lane.id))
  return trade.cards.filter((card) => card.stage === like?.id && lanes.has(card.lane) && card.text).map((card) => card.text)
}
