import { expect, it } from 'vitest'
import { byScore, opportunityScore, SORTS, type Opportunity } from './opportunity'

const one = (id: string, impact?: number, effort?: number, confidence?: number): Opportunity => {
  const said = { ...(impact ? { impact } : {}), ...(effort ? { effort } : {}), ...(confidence ? { confidence } : {}) }
  return { card: { id, stage: 's', lane: 'o', text: id, ...said }, stage: 'S', score: opportunityScore(said) }
}

it('scores impact times confidence over effort, once all three are said', () => {
  expect(opportunityScore({ impact: 5, effort: 2, confidence: 3 })).toBe(7.5)
  expect(opportunityScore({ impact: 1, effort: 5, confidence: 1 })).toBe(0.2)
  expect(opportunityScore({ impact: 5, effort: 1, confidence: 5 })).toBe(25)
  expect(opportunityScore({ impact: 5, effort: 2 })).toBeNull()
})

it('sorts best first; what is not said comes last, equals keep their order', () => {
  const found = [one('a', 3, 3, 3), one('b'), one('c', 5, 5, 1), one('d', 3, 1, 2), one('e')]
  const order = Object.fromEntries(SORTS.map((sort) => [sort, byScore(found, sort).map(({ card }) => card.id).join('')]))
  expect(order).toEqual({ score: 'dacbe', impact: 'cadbe', effort: 'dacbe', confidence: 'adcbe', map: 'abcde' })
})
