import { Button, Space } from 'antd'
import { useState } from 'react'
import { useCan } from '@/api/useCan'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { useWords, type Words } from '@/pages/org/dictionaries'
import { Can } from '@/parts/Can'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { useUrlForm } from '@/url/useUrlForm'
import { ChangeCode, type Changing } from './ChangeCode'
import type { CodeLine } from './codeApi'
import { codeColumns } from './codeColumns'
import { MakeDrawer } from './MakeDrawer'
import { PosterDrawer } from './PosterDrawer'
import { useRegions } from './useRegions'

/** Every code with its place: make, print, change, end. */
export default function CodesPage() {
  const t = useT()
  const words = useWords()
  const may = useCan()('code.manage')
  const making = useUrlForm('make')
  const printing = useUrlForm('posters')
  const [ticked, setTicked] = useState<string[]>([])
  const [changing, setChanging] = useState<Changing>()
  const columns = codeColumns(t, words)
  const print = (codes: CodeLine[]) => {
    setTicked(codes.filter((code) => code.state === 'live').map((code) => code.id))
    printing.show()
  }
  return (
    <>
      <ListPage
        id="codes"
        title={t('二维码与海报', 'Codes and posters')}
        path="/api/v1/codes"
        filters={filters(t, words, useRegions())}
        columns={may ? [...columns, actions(t, setChanging)] : columns}
        keyOf={(code) => code.id}
        {...(may && {
          bulk: [
            {
              key: 'posters',
              label: t('打印所选的海报', 'Print the chosen posters'),
              run: print,
              keeps: true,
            },
          ],
        })}
        actions={
          <Can permission="code.manage">
            <Button onClick={() => print([])}>
              {t('打印一家机构的海报', 'Print an institution’s posters')}
            </Button>
            <Button type="primary" onClick={() => making.show()}>
              {t('制作二维码', 'Make codes')}
            </Button>
          </Can>
        }
        empty={{
          title: t('这里没有二维码', 'No codes here'),
          hint: t(
            '先在“系统管理—地点”里登记诊室、病区和窗口，再制作二维码。',
            'Enter clinics, wards and windows under “Places” first, then make their codes.',
          ),
        }}
      />
      <MakeDrawer url={making} />
      <PosterDrawer url={printing} codes={ticked} />
      {changing && <ChangeCode {...changing} onClose={() => setChanging(undefined)} />}
    </>
  )
}

function filters(
  t: Translate,
  words: Words,
  regions: { value: string; label: string }[],
): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('地点、机构或网址里的码', 'Place, institution or token') },
    {
      kind: 'choice',
      name: 'state',
      label: t('状态', 'State'),
      options: [
        { value: 'live', label: t('在用', 'Live') },
        { value: 'silent', label: t('30 天没人扫', 'Silent for 30 days') },
        { value: 'replaced', label: t('已换码', 'Replaced') },
        { value: 'revoked', label: t('已停用', 'Revoked') },
      ],
    },
    {
      kind: 'choice',
      name: 'kind',
      label: t('种类', 'Kind'),
      options: words.options('place_kinds'),
    },
    { kind: 'choice', name: 'region', label: t('地区', 'Region'), options: regions },
    { kind: 'unit', name: 'institution', label: t('医疗机构', 'Institution') },
  ]
}

function actions(t: Translate, change: (what: Changing) => void): Column<CodeLine> {
  return {
    key: 'actions',
    title: t('操作', 'Actions'),
    cell: (code) => (
      <Space size={4}>
        {code.state === 'live' && (
          <>
            <Button size="small" onClick={() => change({ code, change: 'rotate' })}>
              {t('换码', 'Rotate')}
            </Button>
            <Button size="small" onClick={() => change({ code, change: 'revoke' })}>
              {t('停用', 'Revoke')}
            </Button>
          </>
        )}
        {code.state === 'revoked' && !code.place_closed && (
          <Button size="small" onClick={() => change({ code, change: 'replace' })}>
            {t('补发', 'Replace')}
          </Button>
        )}
      </Space>
    ),
  }
}
