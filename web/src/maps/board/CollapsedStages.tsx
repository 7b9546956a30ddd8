/** The names of collapsed stages, written down their strips. The heads say the same to a screen reader. */
import { useFormats } from '@/i18n/locale'
import { useMap, useSession } from '../session'
import { useColumns } from './columns'
import classes from './Board.module.css'

export function CollapsedStages() {
  const { columns } = useColumns()
  return columns
    .filter((column) => column.kind === 'collapsed')
    .map(({ stage, along, width }) => <Strip key={stage.id} id={stage.id} name={stage.name} along={along} width={width} />)
}

function Strip({ id, name, along, width }: { id: string; name: string; along: number; width: number }) {
  const shown = useFormats()
  const { run } = useSession()
  const count = useMap((snapshot) => [...snapshot.cards.values()].filter((card) => card.stage === id).length)
  return (
    <div
      aria-hidden="true"
      className={classes.strip}
      style={{ insetInlineStart: `calc(var(--lane-width) + ${along}px)`, inlineSize: width }}
      onClick={() => run({ do: 'set_stage', id, fields: { collapsed: null } })}
    >
      <span className={classes.stripName}>
        <bdi>{name}</bdi> <span className="hs-faint hs-tabular">{shown.num(count)}</span>
      </span>
    </div>
  )
}
