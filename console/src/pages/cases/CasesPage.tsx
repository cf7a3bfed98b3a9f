import { Select, Tabs } from 'antd'
import { type Can, useCan } from '@/api/useCan'
import { useNarrow } from '@/app/useNarrow'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Filter } from '@/parts/list/filters'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import { CaseList } from './CaseList'
import { optionsOf } from './options'
import { type CaseWords, useCaseWords } from './useCaseWords'
import { boxNotes, type Words } from './words'

/** All cases that the person may see, by box. */
export default function CasesPage() {
  const t = useT()
  const [params, change] = useUrlParams()
  const box = single(params.box) ?? 'all'
  return (
    <CaseList
      id="casework.cases"
      title={t('全部诉求', 'All cases')}
      bulk
      filters={filters(t, useCaseWords(), useCan(), box)}
      empty={{
        title: t('这里没有诉求', 'No cases here'),
        hint: t(
          '患者扫码反映、来电来访登记的诉求会出现在这里。',
          'What patients report by code, by telephone or in person will appear here.',
        ),
      }}
    >
      {() => (
        <Boxes
          chosen={box}
          onChoose={(box) =>
            change({
              box: box === 'all' ? undefined : box,
              state: undefined,
              waits: undefined,
              cursor: undefined,
            })
          }
        />
      )}
    </CaseList>
  )
}

interface BoxesProps {
  chosen: string
  onChoose: (box: string) => void
}

/** The boxes as tabs, or as a list where the tabs would not fit: screen readers lose those that are folded away. */
function Boxes({ chosen, onChoose }: BoxesProps) {
  const t = useT()
  const narrow = useNarrow()
  const note = (boxNotes as Words)[chosen]
  return (
    <>
      {narrow ? (
        <Select
          className="qf-wide"
          aria-label={t('范围', 'Which cases')}
          value={chosen}
          onChange={onChoose}
          options={boxes(t).map(({ key, label }) => ({ value: key, label }))}
        />
      ) : (
        <Tabs activeKey={chosen} onChange={onChoose} items={boxes(t)} />
      )}
      {note && <p className="qf-faint">{t(note)}</p>}
    </>
  )
}

/** Which of the things that wait for the person: those that the person may do. */
function waiting(t: Translate, can: Can, waits: CaseWords['waits']): Filter {
  const mine = waits.filter(({ permission }) => can(permission))
  return {
    kind: 'choice',
    name: 'waits',
    label: t('等我做什么', 'Waits for'),
    options: mine.map(({ code, name }) => ({ value: code, label: t(name) })),
  }
}

function boxes(t: Translate) {
  return [
    { key: 'all', label: t('全部', 'All') },
    { key: 'todo', label: t('待我办', 'My turn') },
    { key: 'due', label: t('快到期', 'Due soon') },
    { key: 'overdue', label: t('已超期', 'Overdue') },
    { key: 'open', label: t('未办结', 'Open') },
    { key: 'closed', label: t('已办结', 'Closed') },
  ]
}

function filters(t: Translate, words: CaseWords, can: Can, box: string): Filter[] {
  const { categories, channels, urgencies, modes, routes, states } = words
  return [
    { kind: 'text', name: 'q', label: t('编号、标题或正文', 'Number, title or text') },
    ...(box === 'todo' ? [waiting(t, can, words.waits)] : []),
    { kind: 'choice', name: 'state', label: t('状态', 'State'), options: optionsOf(states, t) },
    {
      kind: 'choice',
      name: 'category',
      label: t('类别', 'Category'),
      options: optionsOf(categories, t),
    },
    {
      kind: 'choice',
      name: 'channel',
      label: t('渠道', 'Channel'),
      options: optionsOf(channels, t),
    },
    {
      kind: 'choice',
      name: 'urgency',
      label: t('紧急程度', 'Urgency'),
      options: optionsOf(urgencies, t),
    },
    { kind: 'choice', name: 'mode', label: t('反映方式', 'Mode'), options: optionsOf(modes, t) },
    { kind: 'choice', name: 'route', label: t('办理线', 'Line'), options: optionsOf(routes, t) },
    { kind: 'node', name: 'below', label: t('地区或承办单位', 'Region or handling unit') },
    { kind: 'days', names: ['from', 'to'], label: t('收到日期', 'Received on') },
  ]
}
