import { describe, expect, it } from 'vitest'
import { decode, encode, findPeople, mentionAt, pieces, type Person } from './mentions'

const sara: Person = { id: '01ARZ3NDEKTSV4RRFFQ69G5FA1', name: 'سارا احمدی', email: 'sara@example.com' }
const saraShort: Person = { id: '01ARZ3NDEKTSV4RRFFQ69G5FA2', name: 'سارا', email: 's2@example.com' }
const ali: Person = { id: '01ARZ3NDEKTSV4RRFFQ69G5FA3', name: 'علی‌رضا کیانی', email: 'ali@example.com' }
const kim: Person = { id: '01ARZ3NDEKTSV4RRFFQ69G5FA4', name: 'Kim Park', email: 'kim@example.com' }
const people = [sara, saraShort, ali, kim]

const names = (found: readonly Person[]) => found.map((one) => one.name)

describe('finding people', () => {
  it('takes a name however it is typed: Arabic letters, without the half-space, a later word', () => {
    expect(names(findPeople('كياني', people))).toEqual(['علی‌رضا کیانی'])
    expect(names(findPeople('علیرضا', people))).toEqual(['علی‌رضا کیانی'])
    expect(names(findPeople('PARK', people))).toEqual(['Kim Park'])
  })

  it('puts names that begin with it first, and knows addresses', () => {
    const found = findPeople('ki', [{ id: '1', name: 'Naki' }, kim])
    expect(names(found)).toEqual(['Kim Park', 'Naki'])
    expect(names(findPeople('ali@', people))).toEqual(['علی‌رضا کیانی'])
  })
})

describe('the name at the caret', () => {
  it('is what follows the last @, spaces in names included', () => {
    expect(names(mentionAt('ببین @سارا ا', 12, people)!.found)).toEqual(['سارا احمدی'])
    expect(mentionAt('see @Kim P', 10, people)!.at).toBe(4)
  })

  it('is none in an address, after a written-out name, or where nobody fits', () => {
    expect(mentionAt('mail kim@ki', 11, people)).toBeNull()
    expect(mentionAt('@Kim Park and', 13, people)).toBeNull()
    expect(mentionAt('@zzz', 4, people)).toBeNull()
    expect(mentionAt('@ kim', 5, people)).toBeNull()
  })
})

describe('kept and written', () => {
  it('names become ids and come back, the longer name first', () => {
    const text = 'سلام @سارا احمدی و @سارا، نظرتان؟'
    const kept = encode(text, people)
    expect(kept).toBe(`سلام <@${sara.id}> و <@${saraShort.id}>، نظرتان؟`)
    expect(decode(kept, people)).toBe(text)
  })

  it('two people of one name are told apart by address', () => {
    const other: Person = { id: '01ARZ3NDEKTSV4RRFFQ69G5FA5', name: 'Kim Park', email: 'kim2@example.com' }
    const both = [kim, other]
    expect(encode('@Kim Park (kim2@example.com) look', both)).toBe(`<@${other.id}> look`)
    expect(decode(`<@${kim.id}>`, both)).toBe('@Kim Park (kim@example.com)')
  })

  it('an address and a longer word name nobody', () => {
    expect(encode('x@Kim Park @Kim Parker', people)).toBe('x@Kim Park @Kim Parker')
  })

  it('is read in pieces; an account that is gone has no name', () => {
    expect(pieces(`a <@${kim.id}>, <@01ARZ3NDEKTSV4RRFFQ69G5FZZ>`, people)).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'person', id: kim.id, name: 'Kim Park' },
      { kind: 'text', text: ', ' },
      { kind: 'person', id: '01ARZ3NDEKTSV4RRFFQ69G5FZZ', name: null },
    ])
  })
})
