import type { Translate } from '@/i18n/text'
import { columnsOfMatter } from '@/pages/cases/columns'
import type { CaseWords } from '@/pages/cases/useCaseWords'
import { wordOf } from '@/pages/cases/words'
import type { Column } from '@/parts/list/column'
import { When } from '@/parts/record/When'
import type { DrillRow } from './ratesApi'

/**
 * The columns of the cases behind a figure; behind a rate each says what it adds to it. So few that
 * none is cut off on a screen of 1440.
 */
export function drillColumns(t: Translate, words: CaseWords, ofRate: boolean): Column<DrillRow>[] {
  const matter = columnsOfMatter<DrillRow>(t, words.categories)
  const few = ofRate
    ? ['number', 'title', 'institution']
    : ['number', 'title', 'institution', 'lead']
  const received: Column<DrillRow> = {
    key: 'received',
    title: t('受理', 'Received'),
    cell: (row) => <When at={row.received_at} precision="date" />,
  }
  return [
    ...matter.filter(({ key }) => few.includes(key)),
    ...(ofRate ? answerColumns(t, words) : []),
    received,
    ...(ofRate ? [] : timeColumns(t)),
  ]
}

function timeColumns(t: Translate): Column<DrillRow>[] {
  return [
    { key: 'due', title: t('到期', 'Due'), cell: (row) => <When at={row.due_at} due /> },
    {
      key: 'finished',
      title: t('办结', 'Finished'),
      cell: (row) => <When at={row.finished_at} precision="date" />,
    },
  ]
}

function answerColumns(t: Translate, words: CaseWords): Column<DrillRow>[] {
  const yes = (answer: boolean | undefined) =>
    answer === undefined ? '—' : answer ? t('是', 'Yes') : t('否', 'No')
  return [
    {
      key: 'weight',
      title: t('计入', 'Counts'),
      long: true,
      cell: (row) =>
        row.weight === undefined ? (
          <span className="qf-faint">{reasonOf(row, t, words)}</span>
        ) : (
          <strong className="qf-number">{row.weight}</strong>
        ),
    },
    {
      key: 'contacted',
      title: t('联系', 'Contacted'),
      cell: (row) => yes(row.answer?.contacted),
    },
    { key: 'solved', title: t('解决', 'Solved'), cell: (row) => yes(row.answer?.solved) },
    {
      key: 'satisfied',
      title: t('满意', 'Satisfied'),
      cell: (row) => {
        if (row.answer) return t(wordOf(words.satisfied, row.answer.satisfied))
        return row.waiting ? t('超期未办结', 'Overdue and open') : '—'
      },
    },
  ]
}

/** Why a case is not in the denominator. */
function reasonOf(row: DrillRow, t: Translate, words: CaseWords): string {
  const excluded = row.excluded ?? []
  if (excluded.length > 0) {
    const names = excluded.map((code) => t(wordOf(words.exclusions, code)))
    return `${t('剔除：', 'Excluded: ')}${names.join(t('、', ', '))}`
  }
  if (row.left_out) {
    const name = t(wordOf(words.classes, row.class))
    return t(`不考核类别：${name}`, `Not assessed: ${name}`)
  }
  return t('没有有效回访', 'No valid call-back')
}
