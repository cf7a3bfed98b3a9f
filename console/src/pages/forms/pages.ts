import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages about forms that people make. */
export const formPages: PageSpec[] = [
  {
    path: '/inspection/forms',
    title: text('表单', 'Forms'),
    permission: 'forms.manage',
    nav: true,
    load: () => import('./FormsPage'),
  },
  {
    path: '/inspection/forms/$id',
    title: text('表单', 'Form'),
    permission: 'forms.manage',
    load: () => import('./FormPage'),
  },
]
