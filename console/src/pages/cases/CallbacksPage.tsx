import { useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Filter } from '@/parts/list/filters'
import { InnerLink } from '@/url/InnerLink'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import { CaseList } from './CaseList'
import { caseQuery } from './caseApi'
import { caseLink, columnsOfCalling } from './columns'
import { offers } from './nextStep'
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
            cell: (row) =>
              row.mode === 'anonymous' ? (
                <span className="qf-faint">
                  {t('匿名，等本人评价', 'Anonymous: answers alone')}
                </span>
              ) : (
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
  const t = useT()
  const { data } = useQuery(caseQuery(id))
  if (!data) return null
  if (offers(data, 'callback')) {
    return <StepDrawer id={id} url={url} detail={data} subject="callback" />
  }
  return (
    <Drawer title={data.case.number} open onClose={url.hide}>
      <p>
        {t(
          '现在不能登记回访：诉求人已经评价，或异议待审批，或离上一次不到两小时。',
          'No call-back now: the reporter has answered, an objection waits, or the last attempt is less than two hours ago.',
        )}
      </p>
      <InnerLink to={caseLink(data.case)}>{t('打开这一件', 'Open the case')}</InnerLink>
    </Drawer>
  )
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
