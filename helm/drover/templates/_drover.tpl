{{- define "drover.image" -}}
{{- $image := .Values.image -}}
{{- if $image.digest }}{{ $image.repository }}@{{ $image.digest }}{{ else }}{{ $image.repository }}:{{ $image.tag | default .Chart.AppVersion }}{{ end -}}
{{- end }}

{{- define "drover.selector" -}}
app.kubernetes.io/name: drover
app.kubernetes.io/component: operator
{{- end }}

{{/* Labels of everything; argument: dict "root" $ "component" (operator | access | admission | removal) */}}
{{- define "drover.labels" -}}
app.kubernetes.io/name: drover
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: drover
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{/* What the restricted pod security standard asks of a container, and a read-only root file system on top. */}}
{{- define "drover.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "drover.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* Whether there is a webhook at all: "yes" or nothing. */}}
{{- define "drover.admits" -}}
{{- if ne .Values.features.admission "Off" }}yes{{ end -}}
{{- end }}

{{- define "drover.webhookSecret" -}}
{{- if eq .Values.webhook.certificates.source "ExistingSecret" -}}
{{- required "webhook.certificates.existingSecret.name is empty while webhook.certificates.source is ExistingSecret. Name a Secret with tls.crt, tls.key and ca.crt." .Values.webhook.certificates.existingSecret.name -}}
{{- else -}}
drover-webhook-tls
{{- end -}}
{{- end }}

{{/* What a schema cannot say: values that contradict each other. */}}
{{- define "drover.check" -}}
{{- $rank := dict "Off" 0 "Advise" 1 "Gate" 2 -}}
{{- if eq (int .Values.webhook.port) 9000 -}}
{{- fail "webhook.port is 9000, the port of health and metrics. Choose another one, for example 8443." -}}
{{- end -}}
{{- if and (eq .Values.defaultPolicy.creation "Create") (gt (get $rank .Values.defaultPolicy.admission) (get $rank .Values.features.admission)) -}}
{{- fail (printf "defaultPolicy.admission is %s while features.admission is %s, so the right for it is missing. Raise features.admission or lower defaultPolicy.admission." .Values.defaultPolicy.admission .Values.features.admission) -}}
{{- end -}}
{{- end }}
