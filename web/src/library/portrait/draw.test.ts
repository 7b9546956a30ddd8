import { describe, expect, it } from 'vitest'
import { PORTRAIT_FEATURES, type PortraitFeature } from '../types'
import { PORTRAIT_COLORS, portraitSvg } from './draw'

const features = Object.keys(PORTRAIT_FEATURES) as PortraitFeature[]

describe('a drawn portrait', () => {
  it('is the same picture for the same features', () => {
    expect(portraitSvg({ hair: 'curly', glasses: 'round' })).toBe(portraitSvg({ glasses: 'round', hair: 'curly' }))
  })

  it.each(features.filter((one) => one !== 'cover_color'))('looks different with every choice of %s', (feature) => {
    const pictures = PORTRAIT_FEATURES[feature].map((value) => portraitSvg({ [feature]: value }))
    expect(new Set(pictures).size).toBe(pictures.length)
  })

  it('has a colour for every coloured choice', () => {
    for (const [feature, colors] of Object.entries(PORTRAIT_COLORS)) {
      expect(Object.keys(colors).sort()).toEqual([...PORTRAIT_FEATURES[feature as PortraitFeature]].sort())
    }
  })

  it('is well-formed, whatever is chosen', () => {
    for (const feature of features) {
      for (const value of PORTRAIT_FEATURES[feature]) {
        const parsed = new DOMParser().parseFromString(portraitSvg({ [feature]: value }), 'image/svg+xml')
        expect(parsed.querySelector('parsererror')).toBeNull()
      }
    }
  })
})
