package dev.lockstep.app.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes as an OpenAPI document. */
final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{\\+?(\\w+)}");

    private OpenApi() {}

    static Map<String, Object> of(List<Route> routes) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            String path = PARAMETER.matcher(route.path()).replaceAll("{$1}");
            @SuppressWarnings("unchecked")
            Map<String, Object> methods =
                    (Map<String, Object>) paths.computeIfAbsent(path, key -> new LinkedHashMap<String, Object>());
            methods.put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Lockstep", "version", "1"));
        document.put(
                "components", Map.of("securitySchemes", Map.of("bearer", Map.of("type", "http", "scheme", "bearer"))));
        document.put("paths", paths);
        return document;
    }

    private static Map<String, Object> operation(Route route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", route.summary());
        List<Object> parameters = new ArrayList<>();
        Matcher inPath = PARAMETER.matcher(route.path());
        while (inPath.find()) parameters.add(parameter(inPath.group(1), "path"));
        route.query().forEach(name -> parameters.add(parameter(name, "query")));
        if (!parameters.isEmpty()) operation.put("parameters", parameters);
        if (!route.body().isEmpty()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            route.body().forEach(name -> properties.put(name, Map.of()));
            Map<String, Object> schema = Map.of("type", "object", "properties", properties);
            operation.put("requestBody", Map.of("content", Map.of("application/json", Map.of("schema", schema))));
        }
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", Map.of("description", "As asked."));
        responses.put("default", Map.of("description", "A problem, as RFC 9457 has it (application/problem+json)."));
        operation.put("responses", responses);
        if (route.role() != null) {
            operation.put("security", List.of(Map.of("bearer", List.of())));
            operation.put("x-role", route.role().name().toLowerCase(Locale.ROOT));
        }
        return operation;
    }

    private static Map<String, Object> parameter(String name, String in) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        if (in.equals("path")) parameter.put("required", true);
        parameter.put("schema", Map.of("type", "string"));
        return parameter;
    }
}
