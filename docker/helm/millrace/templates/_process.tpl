{{/* Labels of one kind of process: {{ include "millrace.labels" (dict "root" $ "kind" "worker") }} */}}
{{- define "millrace.labels" -}}
app.kubernetes.io/name: millrace
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .kind }}
{{- end }}

{{/* A pod of one kind of process: dict "root" $ "kind" KIND "args" LIST "resources" MAP */}}
{{- define "millrace.pod" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  fsGroup: 65532
  seccompProfile: { type: RuntimeDefault }
terminationGracePeriodSeconds: 40
containers:
  - name: millrace
    image: "{{ .root.Values.image.repository }}:{{ .root.Values.image.tag }}"
    imagePullPolicy: {{ .root.Values.image.pullPolicy }}
    args: {{ toJson .args }}
    ports:
      - { name: http, containerPort: 5678 }
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: { drop: [ALL] }
    env:
      - { name: MILLRACE_QUEUE, value: bullmq }
      - { name: MILLRACE_PUBLIC_URL, value: {{ .root.Values.publicUrl | quote }} }
      - { name: MILLRACE_TIMEZONE, value: {{ .root.Values.timezone | quote }} }
      - name: MILLRACE_DATABASE_URL
        valueFrom: { secretKeyRef: { name: {{ .root.Values.existingSecret }}, key: database-url } }
      - name: MILLRACE_REDIS_URL
        valueFrom: { secretKeyRef: { name: {{ .root.Values.existingSecret }}, key: redis-url } }
      - name: MILLRACE_ENCRYPTION_KEY
        valueFrom: { secretKeyRef: { name: {{ .root.Values.existingSecret }}, key: encryption-key } }
    livenessProbe:
      httpGet: { path: /healthz, port: http }
      periodSeconds: 10
    readinessProbe:
      httpGet: { path: /readyz, port: http }
      periodSeconds: 5
    resources: {{ toJson .resources }}
    volumeMounts:
      - { name: files, mountPath: /data }
      - { name: tmp, mountPath: /tmp }
volumes:
  - name: files
    persistentVolumeClaim: { claimName: {{ .root.Release.Name }}-files }
  - name: tmp
    emptyDir: {}
{{- end }}
