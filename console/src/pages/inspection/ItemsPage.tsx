import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select, Switch } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { NodePicker } from '@/pages/org/NodePicker'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { NodeName } from '@/parts/fields/NodeName'
import { regionOf } from '@/parts/fields/regionOf'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { PlainRows } from '@/parts/list/PlainRows'
import { Page } from '@/parts/Page'
import { StateTag } from '@/parts/record/StateTag'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import { ChecklistSelect } from './ChecklistSelect'
import { itemsQuery } from './inspectionApi'
import { useInspectionWords } from './useInspectionWords'

/** What is inspected: general and key items. */
export default function ItemsPage() {
  const t = useT()
  const words = useInspectionWords()
  const items = useQuery(itemsQuery)
  const may = useCan()('inspection.manage')
  const saving = useUrlForm('item')
  return (
    <Page
      title={t('检查事项清单', 'Items')}
      actions={
        <Can permission="inspection.manage">
          <Button type="primary" onClick={() => saving.show()}>
            {t('新增事项', 'Add an item')}
          </Button>
        </Can>
      }
    >
      {items.error && <ProblemAlert error={items.error} onRetry={items.refetch} />}
      <PlainRows<Schemas['InspectionItem']>
        rows={items.data}
        keyOf={(one) => one.id}
        loading={items.isPending}
        empty={t('还没有检查事项', 'No items yet')}
        columns={[
          { key: 'code', title: t('编码', 'Code'), cell: (one) => one.code },
          { key: 'name', primary: true, title: t('事项', 'Item'), cell: (one) => one.name },
          {
            key: 'tier',
            title: t('分类', 'Tier'),
            cell: (one) => words.name('tiers', one.tier),
          },
          { key: 'basis', title: t('依据', 'Basis'), cell: (one) => one.basis || '—' },
          {
            key: 'active',
            title: t('状态', 'State'),
            cell: (one) =>
              one.active ? (
                <StateTag tone="good">{t('在用', 'In use')}</StateTag>
              ) : (
                <StateTag>{t('停用', 'Ended')}</StateTag>
              ),
          },
          ...(may
            ? [
                {
                  key: 'change',
                  title: t('操作', 'Action'),
                  cell: (one: Item) => (
                    <Button size="small" onClick={() => saving.show(one.id)}>
                      {t('修改', 'Change')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      <ItemForm
        key={saving.subject}
        url={saving}
        item={items.data?.find((one) => one.id === saving.subject)}
      />
    </Page>
  )
}

type Item = Schemas['InspectionItem']

function ItemForm({ url, item }: { url: UrlForm; item: Item | undefined }) {
  const t = useT()
  const words = useInspectionWords()
  return (
    <FormDrawer<Schemas['InspectionItemInput'], unknown>
      name={`inspection.item.${item?.id ?? ''}`}
      title={item ? t('修改事项', 'Change the item') : t('新增事项', 'Add an item')}
      url={url}
      initial={item ? itemValues(item) : { tier: 'general', active: true }}
      submit={(body) => read(api.POST('/api/v1/inspection/items', { body }))}
    >
      <Form.Item name="region" label={t('地区', 'Region')} required>
        {item ? <NodeName node={item.path} /> : <NodePicker />}
      </Form.Item>
      <Form.Item
        name="code"
        label={t('编码', 'Code')}
        required
        {...(!item && {
          extra: t('已有的编码会被修改。', 'The item of a code that exists is changed.'),
        })}
      >
        <Input maxLength={limits.InspectionItemInput.code} disabled={!!item} />
      </Form.Item>
      <Form.Item name="name" label={t('事项', 'Item')} required>
        <Input maxLength={limits.InspectionItemInput.name} />
      </Form.Item>
      <Form.Item name="tier" label={t('分类', 'Tier')} required>
        <Select options={words.options('tiers')} />
      </Form.Item>
      <Form.Item name="basis" label={t('依据', 'Basis')}>
        <Input maxLength={limits.InspectionItemInput.basis} />
      </Form.Item>
      <Form.Item name="form_id" label={t('检查表', 'Checklist')}>
        <ChecklistSelect />
      </Form.Item>
      <Form.Item name="active" label={t('在用', 'In use')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  )
}

function itemValues(item: Item): Partial<Schemas['InspectionItemInput']> {
  const { path, code, name, tier, basis, kinds, active, form_id } = item
  const region = regionOf(path)
  return { ...(region && { region }), code, name, tier, basis, kinds, active, form_id }
}
