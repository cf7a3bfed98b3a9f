import { Typography } from 'antd'
import type { Translate } from '@/i18n/text'
import type { Words } from '@/pages/org/dictionaries'
import type { Column } from '@/parts/list/column'
import { When } from '@/parts/record/When'
import { CodeState } from './CodeState'
import type { CodeLine } from './codeApi'

/** The columns of the list of codes. */
export function codeColumns(t: Translate, words: Words): Column<CodeLine>[] {
  return [
    {
      key: 'place',
      title: t('地点', 'Place'),
      primary: true,
      long: true,
      cell: (code) => (
        <>
          {code.place_name}
          {code.location && <span className="qf-faint"> {code.location}</span>}
        </>
      ),
    },
    {
      key: 'institution',
      title: t('医疗机构', 'Institution'),
      long: true,
      cell: (code) => code.institution_name,
    },
    {
      key: 'kind',
      title: t('种类', 'Kind'),
      hidden: true,
      cell: (code) => words.name('place_kinds', code.kind),
    },
    { key: 'state', title: t('状态', 'State'), cell: (code) => <CodeState code={code} /> },
    { key: 'words', title: t('核对词', 'Check words'), cell: (code) => code.words },
    {
      key: 'scans',
      title: t('30 天扫码', 'Scans, 30 days'),
      align: 'right',
      cell: (code) => code.scans_30.toLocaleString('en-US'),
    },
    {
      key: 'all',
      title: t('累计扫码', 'Scans in all'),
      align: 'right',
      hidden: true,
      cell: (code) => code.scans.toLocaleString('en-US'),
    },
    { key: 'last', title: t('最近扫码', 'Last scan'), cell: (code) => code.last_scan || '—' },
    {
      key: 'printed',
      title: t('打印', 'Printed'),
      cell: (code) => <When at={code.printed_at} precision="date" />,
    },
    {
      key: 'made',
      title: t('制作', 'Made'),
      hidden: true,
      cell: (code) => <When at={code.made_at} precision="date" />,
    },
    {
      key: 'url',
      title: t('网址', 'Address'),
      hidden: true,
      cell: (code) => <Typography.Text copyable={{ text: code.url }}>{code.token}</Typography.Text>,
    },
    {
      key: 'why',
      title: t('停用原因', 'Why it ended'),
      hidden: true,
      long: true,
      cell: (code) => code.revoke_reason || '—',
    },
  ]
}
