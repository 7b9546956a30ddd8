/** Two personas side by side; what differs is marked, and what only one of them says stands out. The choice is in the address. */
import { Select, Switch } from '@mantine/core'
import { IconEqualNot } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import { useProblemText } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { usePersonas } from './api'
import { Portrait } from './Portrait'
import { Scale } from './persona/Traits'
import { PERSONA_LISTS, PERSONA_LONG, PERSONA_TEXTS, type Persona } from './types'
import classes from './persona/persona.module.css'

const SIDES = ['a', 'b'] as const

export function Component() {
  const t = useT('library')
  const [params, setParams] = useSearchParams()
  const personas = usePersonas()
  const problem = useProblemText()
  const [onlyDifferent, setOnlyDifferent] = useState(false)
  const all = personas.data ?? []
  const first = all.find((one) => one.id === params.get('a')) ?? all[0]
  const second = all.find((one) => one.id === params.get('b')) ?? all.find((one) => one.id !== first?.id)
  const chosen = { a: first, b: second }
  return (
    <Screen crumbs={[{ label: t('personas'), to: 'personas' }, { label: t('compare.title') }]}>
      {personas.error ? (
        <ErrorState problem={problem(personas.error)} onRetry={() => void personas.refetch()} />
      ) : !personas.data ? (
        <Loading lines={8} />
      ) : !first || !second ? (
        <EmptyState picture="people" title={t('compare.two')} text={t('compare.two_help')} />
      ) : (
        <>
          <Switch label={t('compare.only')} checked={onlyDifferent} onChange={(event) => setOnlyDifferent(event.currentTarget.checked)} mb="md" />
          <table className={`${classes.compare} hs-card`}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="hs-faint">{t('compare.field')}</span>
                </th>
                {SIDES.map((side) => (
                  <th key={side} scope="col">
                    <div className={classes.compareHead}>
                      <Portrait name={chosen[side]!.name} photo={chosen[side]!.photo} portrait={chosen[side]!.portrait} />
                      <Select
                        aria-label={t(`compare.${side}`)}
                        data={all.map((one) => ({ value: one.id, label: one.name }))}
                        value={chosen[side]!.id}
                        onChange={(id) =>
                          id &&
                          setParams(
                            (old) => {
                              const next = new URLSearchParams(old)
                              next.set('a', first.id)
                              next.set('b', second.id)
                              next.set(side, id)
                              return next
                            },
                            { replace: true },
                          )
                        }
                        allowDeselect={false}
                        searchable
                        size="sm"
                      />
                    </div>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines(first, second)
                .filter((line) => line.differs || !onlyDifferent)
                .map((line) => (
                  <tr key={line.key} data-differs={line.differs || undefined}>
                    <th scope="row">
                      {line.trait ?? t(`persona_field.${line.key}`)}
                      {line.differs && (
                        <span className={classes.differs}>
                          <IconEqualNot size={14} aria-hidden="true" /> {t('compare.differs')}
                        </span>
                      )}
                    </th>
                    <td>{line.sides[0]}</td>
                    <td>{line.sides[1]}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </>
      )}
    </Screen>
  )
}

interface Line {
  key: string
  /** Its name, when the line is one of a trait. */
  trait?: string
  differs: boolean
  sides: [ReactNode, ReactNode]
}

/** Every field that one of the two says something about. */
function lines(one: Persona, other: Persona): Line[] {
  const found: Line[] = []
  for (const field of [...PERSONA_TEXTS, ...PERSONA_LONG]) {
    const [a, b] = [one[field] ?? '', other[field] ?? '']
    if (a || b) found.push({ key: field, differs: searchKey(a) !== searchKey(b), sides: [<Plain key="a" text={a} />, <Plain key="b" text={b} />] })
  }
  for (const field of PERSONA_LISTS) {
    const [a, b] = [one[field] ?? [], other[field] ?? []]
    if (a.length + b.length === 0) continue
    const keys = (items: readonly string[]) => new Set(items.map(searchKey))
    const [inA, inB] = [keys(a), keys(b)]
    const differs = inA.size !== inB.size || [...inA].some((key) => !inB.has(key))
    found.push({ key: field, differs, sides: [<Items key="a" items={a} shared={inB} />, <Items key="b" items={b} shared={inA} />] })
  }
  const names = [...new Set([...(one.traits ?? []), ...(other.traits ?? [])].map((trait) => trait.name))]
  for (const name of names) {
    const value = (persona: Persona) => persona.traits?.find((trait) => trait.name === name)?.value
    const [a, b] = [value(one), value(other)]
    const point = (at: number | undefined, key: string) => (at === undefined ? <Plain key={key} text="" /> : <Scale key={key} label={name} value={at} readOnly />)
    found.push({ key: `trait:${name}`, trait: name, differs: a !== b, sides: [point(a, 'a'), point(b, 'b')] })
  }
  return found
}

function Plain({ text }: { text: string }) {
  return text ? <span className="hs-plain">{text}</span> : <span className="hs-faint">—</span>
}

function Items({ items, shared }: { items: readonly string[]; shared: ReadonlySet<string> }) {
  if (items.length === 0) return <Plain text="" />
  return (
    <ul className={classes.items}>
      {items.map((item) => (
        <li key={item} data-own={!shared.has(searchKey(item)) || undefined}>
          <bdi>{item}</bdi>
        </li>
      ))}
    </ul>
  )
}
