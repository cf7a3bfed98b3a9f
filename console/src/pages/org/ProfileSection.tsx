import { Button } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { showInstant } from '@/time/shanghai'
import { useUrlForm } from '@/url/useUrlForm'
import { useWords } from './dictionaries'
import { ProfileFields } from './ProfileFields'

type Profile = Schemas['OrgProfile']

/** Level, ownership and licence of an institution. */
export function ProfileSection({ id, profile }: { id: string; profile: Profile }) {
  const t = useT()
  const words = useWords()
  const editing = useUrlForm('profile')
  const { unit_id: _, licence_until: until, ...rest } = profile
  return (
    <Section
      title={t('执业登记', 'Licence')}
      extra={
        <Can permission="org.manage">
          <Button size="small" onClick={() => editing.show()}>
            {t('修改', 'Change')}
          </Button>
        </Can>
      }
    >
      <Facts
        facts={[
          { label: t('等级', 'Level'), value: words.name('levels', profile.level) || '—' },
          {
            label: t('所有制', 'Ownership'),
            value: words.name('ownerships', profile.ownership) || '—',
          },
          { label: t('性质', 'Nature'), value: words.name('natures', profile.nature) || '—' },
          { label: t('床位', 'Beds'), value: profile.beds || '—' },
          { label: t('法定代表人', 'Legal representative'), value: profile.legal_rep || '—' },
          { label: t('主要负责人', 'Head'), value: profile.principal || '—' },
          { label: t('许可证号', 'Licence'), value: profile.licence || '—' },
          { label: t('有效期至', 'Valid until'), value: <When at={until} precision="date" /> },
        ]}
      />
      <FormDrawer<Schemas['OrgProfileChange'], unknown>
        name={`org.profile.${id}`}
        title={t('修改执业登记', 'Change the licence')}
        url={editing}
        initial={{ ...rest, ...(until && { licence_until: showInstant(until, 'date') }) }}
        submit={(body) =>
          read(api.PATCH('/api/v1/org/institutions/{id}', { params: { path: { id } }, body }))
        }
      >
        <ProfileFields />
      </FormDrawer>
    </Section>
  )
}
