import { Grid } from 'antd'

/** Whether the screen is as narrow as a phone (under 768 px). */
export function useNarrow(): boolean {
  return Grid.useBreakpoint().md === false
}
