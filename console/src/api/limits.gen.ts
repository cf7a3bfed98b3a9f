/** The most characters that the API takes, by schema and field. Written by build/limits.mjs. */
export const limits = {
  AddHelperInputBody: {
    reason: 2000,
  },
  AddRuleInputBody: {
    category: 3,
    reason: 500,
  },
  AnswerSupervisionInputBody: {
    text: 5000,
  },
  AskInputBody: {
    other: 40,
    reason: 2000,
    review: 10,
  },
  AssignInputBody: {
    note: 1000,
  },
  CampaignBound: {
    row: 60,
  },
  CampaignContent: {
    doc_number: 100,
    goal: 5000,
    issuer: 200,
  },
  CampaignDraftBody: {
    region: 12,
    title: 200,
  },
  CampaignDuty: {
    due: 10,
    id: 40,
    period_end: 10,
    period_start: 10,
    title: 200,
  },
  CampaignFillBody: {
    text: 20000,
  },
  CampaignHeader: {
    filler: 100,
    phone: 30,
    reviewer: 100,
  },
  CampaignLine: {
    figure: 80,
    group: 100,
    key: 60,
    label: 100,
    parent: 60,
    part: 60,
    unit: 20,
    whole: 60,
  },
  CampaignMilestone: {
    due: 10,
    text: 1000,
  },
  CampaignMilestoneState: {
    due: 10,
    text: 1000,
  },
  CampaignPerson: {
    name: 100,
    phone: 50,
    role: 100,
    unit: 200,
  },
  CampaignReturnStep: {
    mark: 64,
    reason: 500,
  },
  CampaignRow: {
    figure: 80,
    group: 100,
    key: 60,
    label: 100,
    parent: 60,
    part: 60,
    unit: 20,
    whole: 60,
  },
  CampaignSaveBody: {
    reason: 500,
    title: 200,
  },
  CampaignStage: {
    end: 10,
    start: 10,
    text: 5000,
    title: 200,
  },
  CampaignStepBody: {
    reason: 500,
  },
  CampaignTableBody: {
    reason: 500,
  },
  CampaignTask: {
    group: 500,
    id: 40,
    lead: 40,
    named: 500,
    text: 5000,
    title: 500,
  },
  CampaignTypedRow: {
    last_year: 60,
    period: 60,
    remark: 500,
    total: 60,
  },
  CaseworkAnswers: {
    remark: 2000,
  },
  ContactInputBody: {
    note: 2000,
  },
  DecideIdentityInputBody: {
    reason: 2000,
  },
  DecideInputBody: {
    reason: 2000,
  },
  DispatchInputBody: {
    reason: 2000,
  },
  DisposeInputBody: {
    reason: 5000,
  },
  EndSupervisionInputBody: {
    reason: 2000,
  },
  FeedbackInputBody: {
    note: 2000,
  },
  IdentityInputBody: {
    reason: 2000,
    report: 40,
  },
  IntakeEntry: {
    category: 3,
    idempotency_key: 100,
    institution: 40,
    occurred_on: 10,
    place: 64,
    region: 12,
    source_no: 64,
    token: 64,
  },
  IntakePosterOrder: {
    institution: 64,
    region: 6,
  },
  IntakeSubmission: {
    category: 3,
    idempotency_key: 100,
    institution: 40,
    occurred_on: 10,
    region: 12,
    token: 64,
  },
  InvestigateInputBody: {
    place: 200,
    summary: 20000,
  },
  KeepOutInputBody: {
    reason: 500,
  },
  LimitSolution: {
    challenge: 200,
    counter: 20,
  },
  MakeCodesInputBody: {
    institution: 64,
  },
  MergeInputBody: {
    reason: 2000,
  },
  NewCodeBody: {
    value: 22,
  },
  NoteInputBody: {
    text: 5000,
  },
  OpinionInputBody: {
    text: 5000,
  },
  OrgClosing: {
    reason: 500,
  },
  OrgLogin: {
    password: 200,
    username: 64,
  },
  OrgNewAccount: {
    username: 32,
  },
  OrgNewGrant: {
    path: 400,
    role: 64,
  },
  OrgNewIdentity: {
    reason: 500,
    subject: 255,
  },
  OrgNewInstitution: {
    address: 300,
    hours: 300,
    insurance: 12,
    legal_rep: 100,
    level: 4,
    licence: 100,
    licence_until: 10,
    name: 100,
    nature: 20,
    ownership: 20,
    parent: 6,
    phone: 100,
    principal: 100,
    registration: 22,
    short_name: 100,
    subkind: 40,
    uscc: 18,
  },
  OrgNewName: {
    name: 60,
  },
  OrgNewPasskey: {
    ceremony: 64,
    name: 60,
  },
  OrgNewPassword: {
    new: 200,
    old: 200,
  },
  OrgNewPlace: {
    location: 300,
    name: 100,
    unit_id: 64,
  },
  OrgNewPolicy: {
    reason: 500,
  },
  OrgNewStaff: {
    email: 100,
    employee_no: 50,
    name: 100,
    phone: 100,
    title: 100,
    unit_id: 64,
  },
  OrgNewUnit: {
    address: 300,
    hours: 300,
    name: 100,
    parent: 64,
    phone: 100,
    short_name: 100,
    subkind: 40,
  },
  OrgPasskeyAnswer: {
    ceremony: 64,
  },
  OrgPlaceChange: {
    location: 300,
    name: 100,
    unit_id: 64,
  },
  OrgProfileChange: {
    legal_rep: 100,
    level: 4,
    licence: 100,
    licence_until: 10,
    nature: 20,
    ownership: 20,
    principal: 100,
  },
  OrgProof: {
    password: 200,
  },
  OrgReason: {
    reason: 500,
  },
  OrgSecondCode: {
    code: 40,
  },
  OrgStaffChange: {
    email: 100,
    employee_no: 50,
    name: 100,
    phone: 100,
    title: 100,
    unit_id: 64,
  },
  OrgSuccession: {
    reason: 500,
    successor: 64,
  },
  OrgUnitChange: {
    address: 300,
    hours: 300,
    name: 100,
    phone: 100,
    short_name: 100,
    subkind: 40,
  },
  ReasonedBody: {
    reason: 2000,
  },
  RecomputeInputBody: {
    end: 10,
    parent: 40,
    start: 10,
  },
  RejectInputBody: {
    advice: 500,
    reason: 2000,
  },
  ReleaseInputBody: {
    reason: 2000,
  },
  RetractInputBody: {
    reason: 2000,
  },
  SignInputBody: {
    note: 1000,
  },
  SubmitInputBody: {
    findings: 20000,
    measures: 20000,
    reply: 5000,
    without_helpers: 500,
  },
  SuperviseInputBody: {
    demand: 2000,
  },
  SystemChangeBody: {
    effective_from: 10,
    reason: 500,
    scope: 400,
    seen: 40,
    source: 300,
  },
  SystemImportBody: {
    file: 100000,
    reason: 500,
  },
  TakeDownBody: {
    reason: 300,
  },
  WithdrawInputBody: {
    reason: 2000,
  },
  WriteInputBody: {
    text: 2000,
  },
} as const
