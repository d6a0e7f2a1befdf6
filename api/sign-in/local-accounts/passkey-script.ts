/** What our pages talk to the browser about passkeys by (WebAuthn Level 3, section 5.1.10 and 5.1.11). It is served as a file: no page holds a script. */
export const PASSKEY_SCRIPT = `'use strict'
const said = document.getElementById('passkey-said')
const say = (words) => { if (said) said.textContent = words }
const ask = async (path, body, csrf) => {
  const headers = { 'content-type': 'application/json', ...(csrf && { 'x-csrf-token': csrf }) }
  const response = await fetch(path, { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.reasons?.[0]?.message ?? answer.detail ?? answer.title)
  return answer
}
const known = () => {
  if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) return true
  say('This browser knows no passkeys.')
  return false
}
const on = (id, work) => {
  const button = document.getElementById(id)
  button?.addEventListener('click', async () => {
    if (!known()) return
    button.disabled = true
    say('')
    try { await work(button) } catch (error) { say(error.message) }
    button.disabled = false
  })
}
on('passkey-sign-in', async ({ dataset }) => {
  const body = { ...(dataset.returnTo && { return_to: dataset.returnTo }), ...(dataset.stepUp && { step_up: dataset.stepUp }) }
  const options = await ask('/auth/passkey/challenge', body)
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const credential = await navigator.credentials.get({ publicKey })
  const { location: next } = await ask('/auth/passkey', { response: credential.toJSON() })
  location.assign(next)
})
on('passkey-add', async ({ dataset }) => {
  const name = document.getElementById('passkey-name').value || 'Passkey'
  const options = await ask('/v1/account/passkeys/options', null, dataset.csrf)
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = await navigator.credentials.create({ publicKey })
  await ask('/v1/account/passkeys', { name, response: credential.toJSON() }, dataset.csrf)
  location.reload()
})
`
