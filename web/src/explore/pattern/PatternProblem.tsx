/** Where a pattern is wrong: its line with the place marked, the sentence, and names that were perhaps meant. */
import { UnstyledButton } from '@mantine/core'
import type { Problem } from '@/api/problem'
import { marked, replaced } from './problem'
import classes from './Pattern.module.css'

export function PatternProblem(props: { problem: Problem; onReplace: (pattern: string) => void }) {
  const { problem } = props
  const place = marked(problem)
  const near = Array.isArray(problem.params.near) ? (problem.params.near as string[]) : []
  return (
    <div className={classes.problem} role="alert">
      {place && (
        <pre className={`${classes.marked} hs-scroll`} dir="ltr">
          {place.before}
          <mark>{place.wrong}</mark>
          {place.after}
        </pre>
      )}
      <span className={classes.sentence}>{problem.detail ?? problem.title}</span>
      {near.map((name) => (
        <UnstyledButton key={name} className={classes.chip} onClick={() => props.onReplace(replaced(problem, name))}>
          <bdi>{name}</bdi>
        </UnstyledButton>
      ))}
    </div>
  )
}
