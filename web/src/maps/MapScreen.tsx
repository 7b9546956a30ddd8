/** One map: the drawing, what happened, and one inspector. */
import { Button, VisuallyHidden } from '@mantine/core'
import { useHotkeys, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import type { Snapshot } from '@/editor/document'
import { useT } from '@/i18n/locale'
import { NOTICES } from '@/shell/notices/api'
import { Screen } from '@/shell/Screen'
import { useScope } from '@/shell/scope'
import { SESSION, useWorkspace } from '@/shell/session'
import { useWho } from '@/shell/Who'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { useProblemText } from '@/shell/problems'
import { useMeasuredMap, whoPage } from './api'
import { Board, type Shown } from './board/Board'
import { CardTools } from './cards/CardTools'
import { CommentsProvider } from './comments/context'
import { useCommentKey } from './comments/useCommentKey'
import { FilesProvider } from './files/context'
import { FindBar } from './find/FindBar'
import { Inspector } from './inspector/Inspector'
import { useFirstMap } from './guide/useFirstMap'
import { LevelsProvider } from './levels/context'
import { detailsVersion, useLevels } from './levels/levels'
import { LibraryProvider, useLibrary } from './library'
import { MapHead } from './MapHead'
import { MapTools } from './MapTools'
import { panel } from './panels'
import { MeasuredProvider } from './measured/context'
import { Summary } from './measured/Summary'
import type { WhoSelector } from './measured/types'
import { PersonaStrip } from './personas/PersonaStrip'
import { SelectionProvider, useChoosing, useTogether, type Selected } from './selection'
import { SessionProvider, useLiveMap, useLiveState, useAnnouncement, useMap, useSession } from './session'
import { StageByStage } from './StageByStage'
import { TargetsProvider } from './targets/context'
import { TargetMarks } from './targets/TargetMarks'
import { PresenceProvider, useTellWhere } from './together/context'
import classes from './MapScreen.module.css'

export function Component() {
  const { m = '' } = useParams()
  const workspace = useWorkspace()
  const t = useT('maps')
  const onEditRefused = useCallback(() => notifications.show({ color: 'red', message: t('refused.by_server'), autoClose: 12_000 }), [t])
  const open = useLiveMap(m, !workspace.canEdit, onEditRefused)
  const state = useLiveState(open?.live ?? null)
  const onRefused = useCallback(
    (code: string) => notifications.show({ color: 'red', message: t(`refused.${code}`) }),
    [t],
  )
  const queries = useQueryClient()
  useEffect(
    () =>
      open?.live.onNotice((notice) => {
        // What may be done here follows the session: a new role draws the screen anew.
        if (notice.about === 'standing') void queries.invalidateQueries({ queryKey: SESSION })
        if (notice.about === 'notices' || notice.about === 'reconnected') void queries.invalidateQueries({ queryKey: NOTICES })
      }),
    [open, queries],
  )
  if (state.refusal && state.refusal !== 'edit_refused') {
    return (
      <Screen crumbs={[{ label: t('maps'), to: 'maps' }, { label: t('map') }]} bare>
        <EmptyState picture="map" title={t(`refusal.${state.refusal}`)} text={t(`refusal.${state.refusal}_help`)} />
      </Screen>
    )
  }
  if (open && !state.synced && state.trouble === 'too_many') {
    return (
      <Screen crumbs={[{ label: t('maps'), to: 'maps' }, { label: t('map') }]} bare>
        <EmptyState picture="map" title={t('refusal.too_many')} text={t('refusal.too_many_help')} />
      </Screen>
    )
  }
  if (!open || !state.synced) {
    return (
      <Screen crumbs={[{ label: t('maps'), to: 'maps' }, { label: t('map') }]} bare>
        <Loading lines={9} label={t('opening')} />
      </Screen>
    )
  }
  return (
    <SessionProvider map={open.map} live={open.live} readOnly={!workspace.canEdit} onRefused={onRefused}>
      <LibraryProvider>
        <PresenceProvider>
          <OpenMap id={m} />
        </PresenceProvider>
      </LibraryProvider>
    </SessionProvider>
  )
}

const versions = new WeakMap<Snapshot, string>()

/** Everything on the map that changes what is measured, as one text; empty when there is nothing to measure. */
export function measuredVersion(snapshot: Snapshot): string {
  const known = versions.get(snapshot)
  if (known !== undefined) return known
  const version = versionOf(snapshot)
  versions.set(snapshot, version)
  return version
}

function versionOf({ meta, stages, lanes, cards, cells }: Snapshot): string {
  const placed = stages.flatMap((stage) =>
    lanes.flatMap((lane) =>
      (cells.get(`${stage.id}|${lane.id}`) ?? []).flatMap((id) => {
        const card = cards.get(id)!
        return card.touchpoint ? [[id, stage.id, card.touchpoint, card.need ?? '', card.group ?? '']] : []
      }),
    ),
  )
  const steps = stages.map((stage) => [stage.id, stage.exit_touchpoint ?? '', stage.open_after_seconds ?? 0])
  return placed.length === 0 ? '' : JSON.stringify([meta.instances ?? null, steps, placed])
}

const Presentation = panel(() => import('./present/Presentation').then((file) => file.Presentation), 'maps/present')

const AT = /^(stage|step|card|lane|emotion|branch|map|panel):(.*)$/

function OpenMap({ id }: { id: string }) {
  const t = useT('maps')
  const workspace = useWorkspace()
  const { map, live } = useSession()
  const { saved } = useLiveState(live)
  const title = useMap((snapshot) => snapshot.meta.title)
  const version = useMap(measuredVersion)
  const { scope, body } = useScope()
  const [params, setParams] = useSearchParams()
  const narrow = useMediaQuery('(max-width: 720px)', false, { getInitialValueInEffect: false })
  const [shown, setShown] = useState<Shown>('both')
  const [finding, setFinding] = useState(false)
  const [presenting, setPresenting] = useState(false)
  const endPresenting = useCallback(() => setPresenting(false), [])
  // By the key's place: on a Persian keyboard the same key writes «ب».
  useHotkeys([['mod+F', () => setFinding(true), { usePhysicalKeys: true }]], [])
  const problem = useProblemText()
  const who = useWho()
  const stages = useMap((snapshot) => snapshot.stages)
  const [, setMeasured] = useLocalStorage({ key: `hamsafar.measured.${workspace.id}`, defaultValue: '' })
  const [, setSeenSample] = useLocalStorage({ key: 'hamsafar.seen_sample', defaultValue: false })

  const { touchpoints } = useLibrary()
  const bound = useMap(({ cards }) => {
    for (const { touchpoint } of cards.values()) if (touchpoint && (touchpoints.get(touchpoint)?.matcher?.events.length ?? 0) > 0) return true
    return false
  })
  const answer = useMeasuredMap(id, version, body, saved && bound)
  // Zeros on a map that is bound to nothing would look like facts.
  const measured = bound ? (answer.data ?? null) : null
  useEffect(() => {
    if (measured && measured.bound_events > 0) setMeasured(id)
  }, [measured, id, setMeasured])
  useEffect(() => {
    if (workspace.is_sample) setSeenSample(true)
  }, [workspace.is_sample, setSeenSample])

  const opened = useMap(detailsVersion)
  const levels = useLevels(id, opened, saved).data
  const above = (levels?.path ?? []).map((one) => ({ label: one.title, to: `maps/${one.map}` }))

  const at = params.get('at') ?? ''
  const [, kind, part] = AT.exec(at) ?? []
  const there = useMap((snapshot) => {
    if (part === undefined) return false
    if (kind === 'stage') return snapshot.stages.some((stage) => stage.id === part)
    return kind !== 'card' || snapshot.cards.has(part)
  })
  const selected = useMemo<Selected | null>(
    () => (there && kind !== undefined && part !== undefined ? { kind: kind as Selected['kind'], id: part } : null),
    [there, kind, part],
  )
  const onSelect = useCallback(
    (next: Selected | null) =>
      setParams(
        (old) => {
          const changed = new URLSearchParams(old)
          // They belong to the comments panel that is left.
          for (const name of ['on', 'thread']) changed.delete(name)
          if (next) changed.set('at', `${next.kind}:${next.id}`)
          else changed.delete('at')
          return changed
        },
        // At once, not when React finds the time: a quick hand presses the next card before that.
        { replace: true, preventScrollReset: true, flushSync: true },
      ),
    [setParams],
  )
  const closeBeside = useCallback(() => onSelect(null), [onSelect])
  // What is pressed is marked at once; what stands beside it is drawn when nobody waits for more.
  const beside = useDeferredValue(selected)
  const aside = useMemo(() => beside && <Aside selected={beside} narrow={narrow} onClose={closeBeside} />, [beside, narrow, closeBeside])
  const empty = useMap((snapshot) => snapshot.cards.size === 0)
  useFirstMap(workspace.canEdit && at === '' && empty, () => onSelect({ kind: 'panel', id: 'guide' }))
  const openWho = useCallback(
    (selector: WhoSelector, about: string) =>
      who({ title: about, key: [id, selector, scope, version], page: whoPage(workspace.id, id, selector, body) }),
    [who, id, scope, version, workspace.id, body],
  )

  const drawn = stages.length > 0
  const tools = useMemo(() => drawn && <MapTools onFind={() => setFinding(true)} onPresent={() => setPresenting(true)} />, [drawn])

  return (
    <SelectionProvider selected={selected} onSelect={onSelect}>
      <LevelsProvider levels={levels}>
      <MeasuredProvider measured={measured} pending={answer.isFetching} openWho={openWho}>
        <TargetsProvider>
        <CommentsProvider map={id}>
        <FilesProvider map={id}>
        <Screen
          crumbs={[{ label: t('maps'), to: 'maps' }, ...above, { label: title }]}
          scoped
          width="full"
          aside={aside}
        >
          <div className={classes.map}>
            <TellWhere />
            <CommentKey />
            <MapHead shown={shown} onShown={setShown} narrow={narrow}>
              {tools}
            </MapHead>
            {finding && <FindBar narrow={narrow} onClose={() => setFinding(false)} />}
            {answer.error && (
              <div className={classes.problem}>
                <ErrorState problem={problem(answer.error)} onRetry={() => void answer.refetch()} />
              </div>
            )}
            <PersonaStrip />
            <div className={classes.targets}>
              <TargetMarks scope={{ map: true }} />
            </div>
            {measured && <Summary />}
            {stages.length === 0 ? <NoStages /> : narrow ? <StageByStage /> : <Board shown={shown} />}
            <CardTools />
            {presenting && (
              <Suspense fallback={null}>
                <Presentation from={stageOf(selected, map.snapshot.cards)} onClose={endPresenting} />
              </Suspense>
            )}
            <Said />
          </div>
        </Screen>
        </FilesProvider>
        </CommentsProvider>
        </TargetsProvider>
      </MeasuredProvider>
      </LevelsProvider>
    </SelectionProvider>
  )
}

/** On a narrow screen it would lie over the cards that are still to be chosen. */
function Aside({ selected, narrow, onClose }: { selected: Selected; narrow: boolean; onClose: () => void }) {
  const [together] = useTogether()
  return narrow && together && selected.kind === 'card' ? null : <Inspector selected={selected} onClose={onClose} />
}

/** Where a presentation begins: at the stage of what is selected. */
function stageOf(selected: Selected | null, cards: Snapshot['cards']): string | null {
  if (selected?.kind === 'stage') return selected.id
  return selected?.kind === 'card' ? (cards.get(selected.id)?.stage ?? null) : null
}

function Said() {
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {useAnnouncement()}
    </VisuallyHidden>
  )
}

function TellWhere() {
  useTellWhere()
  return null
}

function CommentKey() {
  useCommentKey()
  return null
}

function NoStages() {
  const t = useT('maps')
  const { run, readOnly } = useSession()
  const { edit } = useChoosing()
  function begin() {
    const [added] = run({ do: 'add_stage', name: t('new_stage') })
    if (added) edit(`stage:${added}`)
  }
  return (
    <EmptyState
      picture="map"
      title={t('no_stages')}
      text={t('no_stages_help')}
      action={
        readOnly ? undefined : (
          <Button onClick={begin}>{t('add_stage')}</Button>
        )
      }
    />
  )
}
