/** How the screen names a cell: on its element, and while a new card is being written in it. */
import type { Place } from '@/editor/reach'

export const cellKeyOf = ({ stage, step, lane }: Place): string => `${stage}|${lane}${step ? `|${step}` : ''}`

export const newCardKey = ({ stage, step, lane }: Place): string => `new:${stage}:${lane}${step ? `:${step}` : ''}`
