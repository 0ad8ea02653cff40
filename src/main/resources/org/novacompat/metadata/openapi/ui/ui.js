// SPDX-License-Identifier: Apache-2.0
// Shows the document. Calls are signed, which a page cannot do, so none can be made from here.
window.ui = SwaggerUIBundle({
  url: '../../openapi',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  presets: [SwaggerUIBundle.presets.apis],
  supportedSubmitMethods: [],
  validatorUrl: null
})
