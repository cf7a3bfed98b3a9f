import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages about forms that people make. */
export const formPages: PageSpec[] = [
  {
    path: '/inspection/forms',
    title: text('表单', 'Forms'),
    nav: true,
    keepers: ['forms.manage', 'forms.answers'],
    load: () => import('./FormsPage'),
  },
  {
    path: '/inspection/forms/$id',
    title: text('表单', 'Form'),
    load: () => import('./FormPage'),
  },
  {
    path: '/inspection/forms/$id/answers',
    title: text('回答', 'Answers'),
    permission: 'forms.answers',
    load: () => import('./AnswersPage'),
  },
]
