import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { Page } from '@/parts/Page'
import { desks } from './desks'

/** Answers one question: what must I do now? */
export default function WorkbenchPage() {
  const t = useT()
  const can = useCan()
  const mine = desks.filter(({ reads, keepers }) => can(reads) && keepers.some((one) => can(one)))
  return (
    <Page title={t('工作台', 'Workbench')}>
      <div className="qf-stack">
        {mine.map(({ key, Show }) => (
          <Show key={key} />
        ))}
      </div>
    </Page>
  )
}
