/** A person as their initials, in the colour they have on everybody's screen. */
import { initials } from '@/shell/UserMenu'
import { tintOf } from './presence'
import classes from './together.module.css'

export function Avatar({ id, name, size = 26 }: { id: string; name: string; size?: number }) {
  return (
    <span className={classes.avatar} data-tint={tintOf(id)} style={{ inlineSize: size, blockSize: size, fontSize: size * 0.4 }} aria-hidden="true">
      {initials(name)}
    </span>
  )
}
