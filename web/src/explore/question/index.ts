/**
 * What a page of Paths is made of. A question is a folder `explore/<key>/` with
 *
 *     question.ts      import { question } from '../question/entry'
 *                      export default question({ key, group, icon, load: () => import('./Screen') })
 *     locale/{en,fa}.json   its texts, used as useT('explore/<key>'); `define.<term>: { title, text }` are its definitions
 *     Screen.tsx       export function Component()
 *
 * and nothing else has to be touched: the navigation, the address `paths/<key>` and the texts find it. Its name and its
 * sentence stand in `explore/locale` under `ask.<key>` (all fifteen are there), its place in `registry.ts`.
 *
 *     const SPEC = { steps: param.list(), within: param.time() }         // what is asked, in the address
 *     export function Component() {
 *       const [asked, ask] = useAsked(SPEC)                              // typed; ask({ within: 3600 })
 *       const answer = useQuestion<FunnelAnswer>(asked.steps.length ? { steps: asked.steps } : null)
 *       return (
 *         <QuestionPage asked={answer} controls={…} | builder={…} unasked={<EmptyState …/>} inspector={…}>
 *           {(answer) => (
 *             <>
 *               <Drawing label={t('…')}>an <svg> of charts/, or anything</Drawing>   // exported as PNG
 *               <DataTable … columns={[{ …, help: <Definition term="share" /> }]} />
 *             </>
 *           )}
 *         </QuestionPage>
 *       )
 *     }
 *
 * Persons behind a number: `const who = useWhoOf(engineName)` of ../queries, `who(title, selector, help?)`, or
 * `<WhoNumber value title selector />`. Rates: `<Rate rate={{ value, low, high, n }} />` of ui/Values; other estimates:
 * `<Estimate value low high n format={…} />`. Words of a definition underlined: `<Definition term="share">share</Definition>`.
 * Drawings of `@/charts`: `Lines` (with bands, steps, a reference line), `HeatTable`, `Bars` (with intervals, several
 * series), `Forest` (estimates and intervals, ratios or differences); their colours come from ui/tokens.
 *
 * Choosing events: `<EventPick label none value onChange />`, given to the engine as `either(names)`, or `one`; properties:
 * `<PropertyPick />`, `<PropertiesPick />`.
 * The page gives scope, states (loading, failed, empty), definitions, export, saved views, comparison by itself.
 */
export { param, readTime, useAsked, writeTime } from './address'
export { usePlace, useQuestion } from './context'
export { Definition } from './Definition'
export { Drawing } from './Drawing'
export { EventPick, either } from './EventPick'
export { Estimate } from './Estimate'
export { PropertiesPick, PropertyPick } from './PropertyPick'
export { ComparedPage, QuestionPage } from './QuestionPage'
export { signed } from './signed'
export { WhoNumber } from './WhoNumber'
