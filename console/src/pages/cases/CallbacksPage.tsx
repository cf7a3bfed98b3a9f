import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Filter } from '@/parts/list/filters'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import { CaseList } from './CaseList'
import { caseQuery } from './caseApi'
import { columnsOfCalling } from './columns'
import { optionsOf } from './options'
import { StepDrawer } from './StepDrawer'
import { type CaseWords, useCaseWords } from './useCaseWords'

/** The cases whose reporters are to be called back, with the three questions at hand. */
export default function CallbacksPage() {
  const t = useT()
  const url = useUrlForm('callback')
  const words = useCaseWords()
  return (
    <>
      <CaseList
        id="casework.callbacks"
        title={t('待回访', 'Call-backs')}
        filters={filters(t, words)}
        fixed={{ state: 'calling' }}
        columns={[
          ...columnsOfCalling(t, words),
          {
            key: 'call',
            title: t('回访', 'Call back'),
            cell: (row) => (
              <Button size="small" onClick={() => url.show(row.id)}>
                {t('登记回访', 'Record')}
              </Button>
            ),
          },
        ]}
        empty={{
          title: t('没有待回访的诉求', 'Nobody is to be called back'),
          hint: t('审核通过的诉求会出现在这里。', 'Approved cases will appear here.'),
        }}
      />
      {url.subject && <CallDrawer id={url.subject} url={url} />}
    </>
  )
}

/** The form of a call-back, once it is known whom to call. */
function CallDrawer({ id, url }: { id: string; url: UrlForm }) {
  const { data } = useQuery(caseQuery(id))
  return data && <StepDrawer id={id} url={url} detail={data} subject="callback" />
}

function filters(t: Translate, { categories }: CaseWords): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('编号、标题或正文', 'Number, title or text') },
    {
      kind: 'choice',
      name: 'category',
      label: t('类别', 'Category'),
      options: optionsOf(categories, t),
    },
    { kind: 'days', names: ['from', 'to'], label: t('收到日期', 'Received on') },
  ]
}
