/** A stand-in until `npm run gen` writes the types of ../api/openapi.yaml over this file. */
export interface paths {
  '/api/v1/session': {
    get: { responses: { 200: Json<components['schemas']['Session']> } }
    post: {
      requestBody: Body<components['schemas']['LogIn']>
      responses: { 200: Json<components['schemas']['Session']> }
    }
    delete: { responses: { 204: Nothing } }
  }
  '/api/v1/session/password': {
    put: {
      requestBody: Body<components['schemas']['ChangePassword']>
      responses: { 204: Nothing }
    }
  }
  '/api/v1/sessions': {
    get: { responses: { 200: Json<{ items: components['schemas']['OpenSession'][] }> } }
  }
  '/api/v1/sessions/{id}': {
    delete: { parameters: { path: { id: string } }; responses: { 204: Nothing } }
  }
  '/api/v1/search': {
    get: {
      parameters: { query: { q: string } }
      responses: { 200: Json<{ items: components['schemas']['SearchHit'][] }> }
    }
  }
  '/api/v1/notifications': {
    get: {
      parameters: { query?: { unread?: boolean; limit?: number; after?: string } }
      responses: { 200: Json<components['schemas']['NotificationList']> }
    }
  }
  '/api/v1/notifications/read': {
    post: { requestBody: Body<{ ids: string[] }>; responses: { 204: Nothing } }
  }
  '/api/v1/org/units': {
    get: {
      parameters: { query?: { parent?: string; q?: string; id?: string[] } }
      responses: { 200: Json<{ items: components['schemas']['UnitChoice'][] }> }
    }
  }
}

export interface components {
  schemas: {
    LogIn: { username: string; password: string }
    ChangePassword: { current: string; next: string }
    Session: { user: components['schemas']['User'] }
    User: { id: string; name: string; unit: string; roles: string[]; permissions: string[] }
    OpenSession: { id: string; device: string; last_seen_at: string; current: boolean }
    SearchHit: { kind: string; id: string; number?: string; title: string; url: string }
    Notification: { id: string; title: string; body?: string; at: string; url?: string; read: boolean }
    NotificationList: {
      items: components['schemas']['Notification'][]
      next?: string
      count?: components['schemas']['Count']
      unread: number
    }
    UnitChoice: { id: string; name: string; kind: string; has_children: boolean }
    Count: { value: number; capped: boolean }
  }
}

interface Json<T> {
  headers: Record<string, unknown>
  content: { 'application/json': T }
}

interface Body<T> {
  content: { 'application/json': T }
}

interface Nothing {
  headers: Record<string, unknown>
  content?: never
}
