import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { InnerLink } from '@/url/InnerLink'

/** Leads to what was answered to a form, for who may read it. */
export function AnswersLink({ id }: { id: string }) {
  const t = useT()
  return (
    <Can permission="forms.answers">
      <InnerLink to={`/inspection/forms/${id}/answers`}>{t('查看回答', 'Answers')}</InnerLink>
    </Can>
  )
}
